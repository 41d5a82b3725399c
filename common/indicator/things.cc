// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/things.h"

#include <algorithm>
#include <string_view>

#include "common/indicator/word_rows.h"

namespace duijie::indicator {
namespace {

enum class Kind : uint8_t {
  kCrop,
  kAnimal,
  kFibre,
  kAlloy,
  kPlastic,
  kFurnace,
  kMachine,
  kRecognised,
  kMember,
  kWeld,
  kSide,
  kCell,
  kElectrode,
  kPressed,
  kFertiliser,
  kWafer,
  kMilk,
  kFlow,
  kRock,
  kBuilding,
};

struct Thing {
  Kind kind;
  std::string_view words;  // separated by '|'
};

constexpr Thing kThings[] = {
    {Kind::kCrop, "玉米"},
    {Kind::kCrop, "小麦|冬麦|春麦"},
    {Kind::kCrop, "水稻|稻谷"},
    {Kind::kCrop, "大豆|黄豆"},
    {Kind::kCrop, "花生"},
    {Kind::kCrop, "棉花|籽棉|皮棉"},
    {Kind::kCrop, "马铃薯|土豆"},
    {Kind::kCrop, "红薯|甘薯"},
    {Kind::kCrop, "谷子|小米"},
    {Kind::kCrop, "高粱"},
    {Kind::kCrop, "番茄|西红柿"},
    {Kind::kCrop, "黄瓜"},
    {Kind::kCrop, "辣椒|甜椒"},
    {Kind::kCrop, "苹果"},
    {Kind::kCrop, "梨果|鸭梨|雪花梨"},
    {Kind::kCrop, "葡萄"},
    {Kind::kCrop, "红枣|冬枣|大枣"},
    {Kind::kCrop, "核桃"},
    {Kind::kCrop, "板栗"},
    {Kind::kCrop, "草莓"},
    {Kind::kCrop, "食用菌|香菇|平菇"},
    {Kind::kAnimal, "生猪|仔猪|母猪|肉猪|育肥猪|猪肉"},
    {Kind::kAnimal, "奶牛|泌乳牛"},
    {Kind::kAnimal, "肉牛|犊牛|牛肉"},
    {Kind::kAnimal, "肉羊|母羊|羔羊|羊肉"},
    {Kind::kAnimal, "蛋鸡"},
    {Kind::kAnimal, "肉鸡|鸡肉"},
    {Kind::kAnimal, "肉鸭|蛋鸭"},
    {Kind::kAnimal, "对虾|虾苗"},
    {Kind::kAnimal, "鱼苗|成鱼|鲤鱼|草鱼"},
    {Kind::kFibre, "羊绒"},
    {Kind::kFibre, "羊毛"},
    {Kind::kFibre, "棉纤维|棉纱|纯棉"},
    {Kind::kFibre, "涤纶|聚酯纤维"},
    {Kind::kFibre, "锦纶|尼龙纤维"},
    {Kind::kFibre, "玻璃纤维|玻纤"},
    {Kind::kFibre, "碳纤维"},
    {Kind::kFibre, "芳纶"},
    {Kind::kAlloy, "铝合金"},
    {Kind::kAlloy, "镁合金"},
    {Kind::kAlloy, "钛合金"},
    {Kind::kAlloy, "铜合金|黄铜|青铜"},
    {Kind::kAlloy, "不锈钢"},
    {Kind::kAlloy, "灰铸铁|球墨铸铁|球铁|铸铁"},
    {Kind::kPlastic, "聚乙烯"},
    {Kind::kPlastic, "聚丙烯"},
    {Kind::kPlastic, "聚氯乙烯"},
    {Kind::kPlastic, "聚碳酸酯"},
    {Kind::kPlastic, "聚酰胺|尼龙"},
    {Kind::kPlastic, "环氧树脂"},
    {Kind::kPlastic, "聚氨酯"},
    {Kind::kFurnace, "高炉"},
    {Kind::kFurnace, "转炉"},
    {Kind::kFurnace, "电炉|电弧炉"},
    {Kind::kFurnace, "焦炉"},
    {Kind::kFurnace, "加热炉"},
    {Kind::kFurnace, "烧结机"},
    {Kind::kMachine, "空压机|压缩机"},
    {Kind::kMachine, "风机"},
    {Kind::kMachine, "水泵"},
    {Kind::kMachine, "变压器"},
    {Kind::kMachine, "逆变器"},
    {Kind::kMachine, "整流器"},
    {Kind::kMachine, "减速器|减速机"},
    {Kind::kMachine, "换热器"},
    {Kind::kMachine, "加热器"},
    {Kind::kMachine, "柴油机|发动机"},
    {Kind::kMachine, "发电机"},
    {Kind::kMachine, "地面站"},
    {Kind::kMachine, "无人机"},
    {Kind::kRecognised, "人脸"},
    {Kind::kRecognised, "活体"},
    {Kind::kRecognised, "指纹"},
    {Kind::kRecognised, "车牌"},
    {Kind::kRecognised, "语音"},
    {Kind::kRecognised, "文字|字符"},
    {Kind::kMember, "润滑脂|润滑油|油脂"},
    {Kind::kMember, "轴承"},
    {Kind::kMember, "绕组"},
    {Kind::kMember, "齿轮"},
    {Kind::kMember, "密封件|密封圈"},
    {Kind::kMember, "叶片"},
    {Kind::kMember, "锁模机构|合模机构"},
    {Kind::kMember, "模具|型腔"},
    {Kind::kMember, "机架|床身"},
    {Kind::kWeld, "热轧板|冷轧板|钢板|母材|板材"},
    {Kind::kWeld, "焊材|熔敷金属|焊缝|焊丝"},
    {Kind::kSide, "负荷损耗|负载损耗"},
    {Kind::kSide, "空载损耗"},
    {Kind::kCell, "电池包|电池组|电池系统|储能系统|整包"},
    {Kind::kCell, "电芯|单体"},
    {Kind::kElectrode, "正极|阴极"},
    {Kind::kElectrode, "负极|阳极"},
    {Kind::kElectrode, "隔膜"},
    {Kind::kElectrode, "电解液"},
    {Kind::kPressed, "花生油|豆油|大豆油|菜籽油|植物油|食用油"},
    {Kind::kPressed, "花生粕|豆粕|菜粕|饼粕"},
    {Kind::kFertiliser, "复合肥|复混肥"},
    {Kind::kFertiliser, "有机肥"},
    {Kind::kFertiliser, "水溶肥"},
    {Kind::kWafer, "晶圆|硅片|晶片"},
    {Kind::kWafer, "抛光垫|抛光液|研磨液"},
    {Kind::kWafer, "靶材"},
    {Kind::kMilk, "原料奶|生鲜乳|原奶"},
    {Kind::kMilk, "成品奶|奶粉"},
    {Kind::kFlow, "原矿|入选矿|入料"},
    {Kind::kFlow, "精矿|精粉"},
    {Kind::kFlow, "尾矿|尾渣"},
    {Kind::kRock, "砖坯|坯体|生坯"},
    {Kind::kRock, "成品砖|制品"},
    {Kind::kBuilding, "墙体|外墙"},
    {Kind::kBuilding, "门窗|外窗"},
    {Kind::kBuilding, "屋面"},
};

std::vector<std::string_view> WordsOfThings() {
  std::vector<std::string_view> rows;
  for (const Thing& thing : kThings) rows.push_back(thing.words);
  return rows;
}

}  // namespace

std::vector<uint8_t> ThingsIn(View32 words) {
  static const std::vector<std::string_view> kRows = WordsOfThings();
  static const WordRows kWords(kRows);
  std::vector<uint8_t> things;
  for (size_t at = 0; at < words.size();) {
    const auto match = kWords.LongestAt(words, at);
    if (match.length > 0) things.push_back(static_cast<uint8_t>(match.row));
    at += std::max<size_t>(match.length, 1);
  }
  std::sort(things.begin(), things.end());
  things.erase(std::unique(things.begin(), things.end()), things.end());
  return things;
}

bool AreOtherThings(const std::vector<uint8_t>& a, const std::vector<uint8_t>& b) {
  for (const uint8_t thing : a) {
    bool same = false;
    bool other = false;
    for (const uint8_t stated : b) {
      if (kThings[stated].kind != kThings[thing].kind) continue;
      same = same || std::binary_search(a.begin(), a.end(), stated);
      other = true;
    }
    if (other && !same) return true;
  }
  return false;
}

}  // namespace duijie::indicator
