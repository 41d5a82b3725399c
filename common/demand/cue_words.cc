// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/demand/cue_words.h"

#include <array>

namespace duijie {
namespace {

constexpr CueRow kCues[] = {
    {Says::kToday,
     "目前|现有|现在|现阶段|当前|现状|现行|现用|现为|现采用|现产品|已|原来|原有|以往|过去|通常|一般|传统|"
     "常规|国外|"
     "进口|统计|证明|导致|造成|仅为|只有|仅有|高达|拥有|建有|近年|去年|上年|试制|试验结果|小试|试锻|试样|"
     "试产|试用|试过|"
     "存在|实验结果|市场|同行业|专利号|注册资|我公司生产的|对于|只能|仅能|经济效益",
     ""},
    // What something takes is no wish: 半天就要拆洗.
    {Says::kWish, "要",
     "主要|重要|只要|要么|要素|必要|摘要|概要|首要|次要|紧要|要点|就要|要花|要拆|要停|要等|要跑|要烧|要换|"
     "要靠|要用|"
     "要费|要多花|要走|要人"},
    {Says::kWish, "想", "理想|思想|设想|构想|联想|猜想"},
    {Says::kWish, "求", "需求|追求|求解|请求"},
    {Says::kWish, "需", "即需|就需|需求|所需|无需|不需|只需|仅需|需方|供需|内需"},
    {Says::kWish, "须", "即须|就须|无须|须知|触须|须根|胡须"},
    {Says::kWish, "望", "有望|绝望|望远|声望|展望|愿望|失望|观望|望闻"},
    {Says::kWish, "目标", "目标检测|目标识别|目标跟踪|目标物|目标产物|目标产品"},
    {Says::kWish, "拟", "模拟|虚拟|拟合|拟态|比拟|拟除"},
    {Says::kWish, "应不", "反应不|响应不|供应不|效应不|适应不|相应不"},
    {Says::kWish, "应能", "反应能|响应能|供应能|适应能"},
    {Says::kWish, "应在", "反应在|响应在|供应在"},
    {Says::kWish,
     "盼|最好|不能超|不能低|不能高|不能大|不能小|不能少|不得|希望|期望|力争|争取|指标|必须|欲|寻求|寻找|征集|"
     "求购|确保|"
     "保证|应达|应小于|应大于|应高于|应低于|应控制|应满足|应为|应把|应将|应使|打算|准备上|务必|得达|得控|"
     "得在|得保|得能|"
     "请提供|请帮|能否|诉求",
     ""},
    {Says::kLimit,
     "打底|封顶|顶天|撑死|以里|往上|往下|少说|怎么也得|顶多|说什么|起步|就够用|烧高香|才值当|起码|至少|才行|"
     "都行|就行|才收|才认|只收|只认|能接受|可接受|才能投|才能中|才能进|才准|才给|别超|别低|"
     "别高|标准是|标准为|"
     "标准改|标准提|新标准|新规|纳管标准|排放标准|计划上|计划把|计划将|计划达|计划做|计划开发",
     ""},
};

constexpr auto kPlannedWorks =
    std::to_array<std::string_view>({"攻关", "改造后", "改进后", "优化后", "改进型", "替代后", "替代体系",
                                     "实施后", "完成后", "新产品", "新款", "，使"});

constexpr auto kBaselines =
    std::to_array<std::string_view>({"目前", "现有", "现在", "当前", "原来", "原有", "传统", "常规", "一般",
                                     "进口", "国外", "通常", "现行", "现用", "以往", "过去", "同行业"});

constexpr auto kDemandHeadings = std::to_array<std::string_view>(
    {"预期目标", "预期指标", "技术指标",   "考核指标", "主要指标", "性能指标", "指标要求", "质量要求",
     "技术要求", "性能要求", "需求内容",   "目标如下", "任务目标", "阶段目标", "技术需求", "技术参数",
     "主要参数", "性能参数", "研究目标",   "具体要求", "以下要求", "要求如下", "以下指标", "技术规格",
     "质量指标", "改造指标", "工程化指标", "指标表",   "目标值",   "目标：",   "目标:",    "要求：",
     "要求:",    "指标：",   "指标:",      "需求："});

constexpr auto kToldHeadings = std::to_array<std::string_view>(
    {"现有基础", "工作基础", "现有工作", "研究基础",   "现有条件", "基础条件", "已有基础",
     "技术背景", "项目背景", "研究背景", "现状",       "企业简介", "公司简介", "单位简介",
     "企业概况", "公司概况", "经费",     "预算",       "投入",     "合作方式", "经济效益",
     "市场前景", "效益分析", "单位情况", "产业化前景", "背景："});

}  // namespace

std::span<const CueRow> CueRows() { return kCues; }
std::span<const std::string_view> PlannedWorks() { return kPlannedWorks; }
std::span<const std::string_view> Baselines() { return kBaselines; }
std::span<const std::string_view> DemandHeadings() { return kDemandHeadings; }
std::span<const std::string_view> ToldHeadings() { return kToldHeadings; }

}  // namespace duijie
